/** A project that the archetype makes, built by a Maven of its own. */
package org.switchboard.itests.archetype;
