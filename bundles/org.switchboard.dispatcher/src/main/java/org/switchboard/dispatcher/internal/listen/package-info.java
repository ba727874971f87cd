/** Open ports: kernel sockets, watched by an event loop or handed to a program. */
package org.switchboard.dispatcher.internal.listen;
