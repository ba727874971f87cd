/** Who may connect: the rule behind the option {@code tcp_wrappers}. */
package org.switchboard.access.internal;
