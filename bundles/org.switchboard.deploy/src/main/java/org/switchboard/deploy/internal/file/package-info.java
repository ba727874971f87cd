/** What can be said of a file before anything is done with it. */
package org.switchboard.deploy.internal.file;
