package dev.kibi.e2e.sim;

import org.jspecify.annotations.Nullable;

/** A place where nodes run: it has a name and a machine for ever, a uid and an address for now. */
final class Pod {

  final String name;
  final int shard;
  final int host;
  private String uid;
  private String address;
  private int pods = 1;
  private int lives;
  private boolean leaving;
  private @Nullable NodeLife life;

  Pod(String name, int shard, int host) {
    this.name = name;
    this.shard = shard;
    this.host = host;
    this.uid = name + "-uid1";
    this.address = "10.0." + host + ".1";
  }

  String uid() {
    return uid;
  }

  String address() {
    return address;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Its deletion has begun. */
  void leave() {
    leaving = true;
  }

  /** Somebody has thought better of it. */
  void stay() {
    leaving = false;
  }

  /** The pod is deleted and made again: another uid and another address. */
  void replace() {
    pods++;
    uid = name + "-uid" + pods;
    address = "10.0." + host + "." + pods;
    leaving = false;
  }

  /** The process in it, dead or alive. */
  @Nullable NodeLife life() {
    return life;
  }

  /** The process in it, if it lives. */
  @Nullable NodeLife living() {
    NodeLife current = life;
    return current != null && current.alive() ? current : null;
  }

  int nextLife() {
    return ++lives;
  }

  void runs(NodeLife process) {
    life = process;
  }
}
