/** What the server tells through an Event Admin. */
package org.switchboard.itests.felix.events;
