/** The providers that are registered: found by name, held while they serve, drained before they go. */
package org.switchboard.dispatcher.internal.provider;
