/** The character generator: lines of printable characters without end. */
package org.switchboard.provider.chargen.internal;
