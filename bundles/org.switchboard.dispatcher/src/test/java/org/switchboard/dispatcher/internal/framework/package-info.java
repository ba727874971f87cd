/** A real framework for tests of what happens when services come and go. */
package org.switchboard.dispatcher.internal.framework;
