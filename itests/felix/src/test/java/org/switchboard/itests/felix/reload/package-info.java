/** A reload does not touch the listeners that it does not change. */
package org.switchboard.itests.felix.reload;
