/** Providers that do what they must not: they harm their own sessions, are counted, named, and slowed down. */
package org.switchboard.itests.felix.misbehaviour;
