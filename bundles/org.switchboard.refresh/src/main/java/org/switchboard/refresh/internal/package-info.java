/** Which bundles a refresh has stopped and the framework does not start, and their start. */
package org.switchboard.refresh.internal;
