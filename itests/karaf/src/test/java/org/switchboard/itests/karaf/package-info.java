/** The feature {@code switchboard} in an unmodified Apache Karaf. */
package org.switchboard.itests.karaf;
