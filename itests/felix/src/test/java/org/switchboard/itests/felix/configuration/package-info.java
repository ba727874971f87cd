/** Services that are configurations of Config Admin, beside a file and instead of its lines. */
package org.switchboard.itests.felix.configuration;
