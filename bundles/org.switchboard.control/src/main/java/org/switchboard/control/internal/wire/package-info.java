/** The protocol on the control socket, as the README of this bundle has it. */
package org.switchboard.control.internal.wire;
