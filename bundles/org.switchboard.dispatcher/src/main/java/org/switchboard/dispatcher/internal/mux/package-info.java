/** Entries without a port of their own, and the way to them through another one. */
package org.switchboard.dispatcher.internal.mux;
