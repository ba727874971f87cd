/** One entry at run time: its state, its sockets, and what it does when something around it changes. */
package org.switchboard.dispatcher.internal.service;
