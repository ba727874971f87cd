/** The components of this bundle: they wire plain classes and hold no logic of their own. */
package org.switchboard.dispatcher.internal;
