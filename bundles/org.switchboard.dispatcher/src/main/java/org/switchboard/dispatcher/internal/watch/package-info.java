/** Notices the threads that everything depends on when they do not answer. */
package org.switchboard.dispatcher.internal.watch;
