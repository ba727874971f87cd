/** Bundles of jar files that lie in folders for hot deployment. */
package org.switchboard.deploy.internal;
