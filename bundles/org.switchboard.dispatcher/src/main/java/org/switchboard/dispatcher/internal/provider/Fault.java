package org.switchboard.dispatcher.internal.provider;

import org.switchboard.api.runtime.RegistrationFailure;

/**
 * What is wrong with a registration.
 *
 * @param detail a sentence for the operator
 */
public record Fault(RegistrationFailure reason, String detail) {
}
