/** What happens, told to whoever listens: without an Event Admin, or without listeners, nothing is done and nothing loaded. */
package org.switchboard.dispatcher.internal.events;
