/** What the scenarios in Felix share. Each scenario has a package below this one. */
package org.switchboard.itests.felix;
