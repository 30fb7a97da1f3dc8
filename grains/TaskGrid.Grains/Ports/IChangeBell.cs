using TaskGrid.Contracts;

namespace TaskGrid.Grains.Ports;

/// <summary>Tells gateways that an organization advanced. Best effort: a lost ring costs latency, never data.</summary>
public interface IChangeBell
{
    /// <summary>Rings; never throws and never waits for the bus.</summary>
    void Ring(OrganizationAdvanced advanced);
}
