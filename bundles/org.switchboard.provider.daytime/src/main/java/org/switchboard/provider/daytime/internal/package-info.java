/** The daytime service: the local date and time as one line of text. */
package org.switchboard.provider.daytime.internal;
