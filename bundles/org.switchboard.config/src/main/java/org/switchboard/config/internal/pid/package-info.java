/** Configurations of Config Admin as a source of entries: one service for each configuration of a factory PID. */
package org.switchboard.config.internal.pid;
