/**
 * The product on a real Kubernetes: any that a kubeconfig leads to, from where pods and Services
 * can be reached by address and name. {@code ./kibi test --kubernetes} makes one and runs these
 * tests in its network; see docs/kubernetes.md for another.
 *
 * <p>To add a scenario, write a class {@code SomethingIT} in a file of its own:
 *
 * <pre>{@code
 * @OnKubernetes
 * class SomethingIT {
 *   @Test
 *   void what_is_promised(TestNamespace namespace) throws Exception {
 *     Cache cache = namespace.cache("shop", 3, 1).awaitSettled();
 *     try (RedisClusterClient client = cache.jedis();
 *         AcknowledgedWriter writer = new AcknowledgedWriter(client, "name", 4)) {
 *       cache.awaitWrites(writer, 1_000);
 *       ... // let something befall it
 *       cache.awaitSettled();
 *       writer.stopAndVerify();
 *     }
 *   }
 * }
 * }</pre>
 *
 * A test that guards a line of the list of pitfalls carries its number: {@code pitfall02_…}. One
 * line has no test: 13, missing ACL grants that break migration and failover. There are no ACLs
 * yet, so nothing can lack a grant. The operator is installed from the chart before the first test;
 * the namespace enforces the restricted profile, and is deleted with all that is in it. When a test
 * fails, what the namespace looked like is printed: resources, Events, the operator's log. One that
 * needs power over machines asks for a parameter {@link dev.kibi.e2e.kubernetes.Machines}; on a
 * cluster that is not ours it is skipped. What else a test takes of the cluster it says by {@link
 * dev.kibi.e2e.kubernetes.Requirements}; how another cluster differs is told by the variables of
 * {@link dev.kibi.e2e.kubernetes.Environment}.
 */
@NullMarked
package dev.kibi.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
