/** Files as a source of entries: which they are, reading them, keeping what they said when they cannot be read. */
package org.switchboard.config.internal;
