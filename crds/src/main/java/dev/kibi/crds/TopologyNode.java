package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How a node is reached; holds for the node's whole life. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class TopologyNode {

  @JsonPropertyDescription("podUid/incarnation: a restarted process is a new node.")
  @Required
  @Size(min = 3, max = Limits.NODE_ID)
  private String id = "";

  @JsonPropertyDescription("Name of its pod.")
  @Required
  @Size(max = Limits.DNS_NAME)
  private String pod = "";

  @JsonPropertyDescription("Its stable DNS name, empty where there is none.")
  @Size(max = Limits.DNS_NAME)
  private String host = "";

  @JsonPropertyDescription("Its IP address, which peers dial and clients are told.")
  @Required
  @Size(max = Limits.ADDRESS)
  private String address = "";

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public String getPod() {
    return pod;
  }

  public void setPod(String pod) {
    this.pod = pod;
  }

  public String getHost() {
    return host;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }
}
