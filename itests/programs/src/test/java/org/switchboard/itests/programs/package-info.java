/**
 * What the scenarios with the packaged distribution share: a running server in a workspace of its own, clients, programs.
 * Each scenario has a package below this one.
 */
package org.switchboard.itests.programs;
