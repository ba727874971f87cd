/** The two files hosts.allow and hosts.deny: lines, patterns, and which line is the first that matches. */
package org.switchboard.access.internal.table;
