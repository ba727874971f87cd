/** The commands of scope {@code inetd} for Karaf's shell: a class for each, and what completes their words. */
package org.switchboard.karaf.internal;
