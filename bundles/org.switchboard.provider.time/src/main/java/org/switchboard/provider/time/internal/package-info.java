/** The time service: the seconds since 1900 as four bytes. */
package org.switchboard.provider.time.internal;
