/** Configuration files, which Felix FileInstall reads, and what is wrong with them. */
package org.switchboard.deploy.internal.configuration;
