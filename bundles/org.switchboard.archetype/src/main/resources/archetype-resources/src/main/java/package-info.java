/** The service '${service}'. */
package ${package};
