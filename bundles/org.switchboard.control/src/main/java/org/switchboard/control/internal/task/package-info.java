/** What a connection can be for. */
package org.switchboard.control.internal.task;
