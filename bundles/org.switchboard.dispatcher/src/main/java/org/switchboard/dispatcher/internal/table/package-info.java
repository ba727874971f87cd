/** All sources merged, and what compares wanted with actual. */
package org.switchboard.dispatcher.internal.table;
