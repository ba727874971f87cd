/** What a line of the files does besides deciding: options, what they change, and commands. */
package org.switchboard.access.internal.option;
