/**
 * The interactive shell on a connection. The only package that needs JLine and gogo.jline; nothing else touches its classes
 * before a client asks for a shell.
 */
package org.switchboard.control.internal.shell;
