/** The bundles in Equinox: nothing in them is about Felix. */
package org.switchboard.itests.equinox;
