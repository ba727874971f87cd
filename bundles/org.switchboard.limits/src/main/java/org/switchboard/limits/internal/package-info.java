/** How many may connect, how often, and which datagrams are not answered. */
package org.switchboard.limits.internal;
