/** What a program gets, as it says itself, and what becomes of one that cannot be started. */
package org.switchboard.itests.programs.program;
