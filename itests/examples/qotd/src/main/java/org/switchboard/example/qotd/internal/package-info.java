/** An example of a provider: the quote of the day. */
package org.switchboard.example.qotd.internal;
