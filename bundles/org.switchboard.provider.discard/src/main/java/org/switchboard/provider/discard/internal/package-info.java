/** The discard service: reads and forgets. */
package org.switchboard.provider.discard.internal;
