package dev.kibi.node.command;

import java.util.EnumSet;
import java.util.Set;

/** The ACL categories that follow from a command's flags and family, as Redis derives them. */
final class AclRules {
  private AclRules() {}

  static Set<AclCategory> categories(
      CommandSpec spec, CommandGroup family, boolean inFamilyCategory, Set<AclCategory> explicit) {
    Set<AclCategory> all = EnumSet.noneOf(AclCategory.class);
    all.addAll(explicit);
    // A container does nothing itself, so it is in no family's category.
    if (inFamilyCategory && spec.handler() != null) {
      addFamily(all, family);
    }
    if (spec.has(Flag.WRITE)) {
      all.add(AclCategory.WRITE);
    }
    if (spec.has(Flag.READONLY) && !all.contains(AclCategory.SCRIPTING)) {
      all.add(AclCategory.READ);
    }
    if (spec.has(Flag.ADMIN)) {
      all.add(AclCategory.ADMIN);
      all.add(AclCategory.DANGEROUS);
    }
    if (spec.has(Flag.PUBSUB)) {
      all.add(AclCategory.PUBSUB);
    }
    if (spec.has(Flag.BLOCKING)) {
      all.add(AclCategory.BLOCKING);
    }
    all.add(spec.has(Flag.FAST) ? AclCategory.FAST : AclCategory.SLOW);
    return all;
  }

  private static void addFamily(Set<AclCategory> all, CommandGroup family) {
    switch (family) {
      case STRING -> all.add(AclCategory.STRING);
      case HASH -> all.add(AclCategory.HASH);
      case LIST -> all.add(AclCategory.LIST);
      case SET -> all.add(AclCategory.SET);
      case SORTED_SET -> all.add(AclCategory.SORTEDSET);
      case STREAM -> all.add(AclCategory.STREAM);
      case BITMAP -> all.add(AclCategory.BITMAP);
      case HYPERLOGLOG -> all.add(AclCategory.HYPERLOGLOG);
      case GEO -> all.add(AclCategory.GEO);
      case GENERIC -> all.add(AclCategory.KEYSPACE);
      case CONNECTION -> all.add(AclCategory.CONNECTION);
      case PUBSUB -> all.add(AclCategory.PUBSUB);
      case SCRIPTING -> all.add(AclCategory.SCRIPTING);
      case TRANSACTIONS -> all.add(AclCategory.TRANSACTION);
      case CLUSTER, SERVER -> {
        // What these do differs too much for one category: each entry names its own.
      }
    }
  }
}
