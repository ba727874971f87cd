/**
 * The positional grammar of inetd.conf: text is cut into lines of words, words are read by columns, and what the dialects
 * of the family disagree on is data.
 */
package org.switchboard.config.inetd.internal;
