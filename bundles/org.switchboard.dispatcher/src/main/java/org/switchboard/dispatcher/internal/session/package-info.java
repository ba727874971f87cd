/** Running sessions: who is being served, how they are drained, ended and logged. */
package org.switchboard.dispatcher.internal.session;
