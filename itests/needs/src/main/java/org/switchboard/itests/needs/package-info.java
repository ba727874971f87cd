/** What a test needs of the machine that it runs on, and the line that says why a test was skipped. */
package org.switchboard.itests.needs;
