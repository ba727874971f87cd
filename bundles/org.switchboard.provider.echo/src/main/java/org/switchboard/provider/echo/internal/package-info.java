/** The echo service: sends back what it gets. */
package org.switchboard.provider.echo.internal;
