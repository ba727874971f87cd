/** Bounds what the sessions inside the server keep in buffers, each and all together. */
package org.switchboard.dispatcher.internal.buffer;
