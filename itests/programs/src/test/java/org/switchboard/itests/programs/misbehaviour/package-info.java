/** Providers that do what they must not: it costs their own sessions, and nobody else's. */
package org.switchboard.itests.programs.misbehaviour;
